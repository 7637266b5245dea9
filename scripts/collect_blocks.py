"""Join the blocks of an ensemble along ``member``: variables as in a block's file."""

import xarray as xr

from chaoslearn import store
from chaoslearn.job import reporting

with reporting(snakemake.log):
    blocks = [store.read(path) for path in snakemake.input]
    joined = xr.concat(blocks, "member", data_vars="minimal", combine_attrs="override")
    store.write(
        joined, snakemake.output[0],
        key=snakemake.params.key, settings=snakemake.params.settings, wildcards=snakemake.wildcards,
    )  # fmt: skip

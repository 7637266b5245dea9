"""All measures of all runs in one table: variables as in a measures file, along ``run``."""

from chaoslearn import store
from chaoslearn.job import reporting
from chaoslearn.records import tables

with reporting(snakemake.log):
    table = tables.measures_table([store.read(path) for path in snakemake.input])
    tables.write_csv(tables.flat(table), snakemake.output.csv)
    store.write(
        table, snakemake.output.netcdf, key=snakemake.params.key, settings=snakemake.params.settings
    )

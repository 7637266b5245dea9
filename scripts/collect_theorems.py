"""The verdict on every net and norm: what the theorems say of it, and what it does.

================== ================= ========
rate, rate_error   (net, quantity)   per step
largest_exponent   (net)             per step
theorem, verdict   (net, quantity)   1
reason             (net, quantity)   1
================== ================= ========
"""

from chaoslearn import store
from chaoslearn.job import reporting
from chaoslearn.records import tables, theorems

with reporting(snakemake.log):
    regimes = snakemake.params.settings["regimes"]
    nets = [theorems.Net.constructed(store.read(path)) for path in snakemake.input.constructed]
    nets += [theorems.Net.trained(store.read(path), regimes) for path in snakemake.input.trained]
    table = theorems.table(nets)
    tables.write_csv(theorems.flat(table), snakemake.output.csv)
    store.write(
        table, snakemake.output.netcdf, key=snakemake.params.key, settings=snakemake.params.settings
    )

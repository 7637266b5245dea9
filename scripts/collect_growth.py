"""Growth rates and exponents of all trained nets in one table, and the line through them."""

from chaoslearn import store
from chaoslearn.job import reporting
from chaoslearn.records import growth_table, tables

with reporting(snakemake.log):
    table = growth_table.table([store.read(path) for path in snakemake.input])
    tables.write_csv(growth_table.flat(table), snakemake.output.csv)
    store.write(
        table, snakemake.output.netcdf, key=snakemake.params.key, settings=snakemake.params.settings
    )

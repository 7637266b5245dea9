"""The exponents of all series in one csv: computed, referenced, from data, in 1/time unit."""

from chaoslearn import store
from chaoslearn.job import reporting
from chaoslearn.records import tables

with reporting(snakemake.log):
    datasets = [store.read(path) for path in snakemake.input]
    tables.write_csv(tables.exponents_table(datasets), snakemake.output[0])

"""Draw how neighbours in a series move apart, with the fit that gives the largest exponent."""

from chaoslearn import store
from chaoslearn.figures import divergence, style
from chaoslearn.job import reporting

with reporting(snakemake.log):
    style.save(
        divergence.draw(store.read(snakemake.input.exponents)),
        snakemake.output.pdf,
        snakemake.output.png,
    )

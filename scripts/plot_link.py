"""Draw growth rates of gradients against exponents, over all nets."""

from chaoslearn import store
from chaoslearn.figures import link, style
from chaoslearn.job import reporting

with reporting(snakemake.log):
    figure = link.draw(store.read(snakemake.input.growth))
    style.save(figure, snakemake.output.pdf, snakemake.output.png)

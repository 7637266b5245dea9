"""Draw gradients and exponents in the course of trainings."""

from chaoslearn.figures import course, style
from chaoslearn.figures.inputs import by_net
from chaoslearn.job import reporting

with reporting(snakemake.log):
    courses = by_net(snakemake.input.courses, snakemake.params.settings["forcings"])
    style.save(course.draw(courses), snakemake.output.pdf, snakemake.output.png)

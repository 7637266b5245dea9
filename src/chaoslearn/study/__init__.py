"""Everything the workflow makes for one config: which trainings, and each file as a job."""

from chaoslearn.study.jobs import Study
from chaoslearn.study.runs import Run

__all__ = ["Run", "Study"]

"""Judge the paper's claims by all that was measured: one row a claim.

========== ===============================================================
claim      what is claimed, of which series and cell
published  what print says
reproduced what was measured, with its unit
interval   its 95 % interval
members    the smallest number in an ensemble that the claim rests on
convention published, standard, or none
verdict    holds, holds partly, does not hold, cannot be judged
reason     why; failed members; what print rests on
========== ===============================================================
"""

from chaoslearn import store
from chaoslearn.job import reporting
from chaoslearn.records import scorecard, scorecard_text, theorems
from chaoslearn.scorecard.claims import judged

with reporting(snakemake.log):
    verdicts = [theorems.flat(store.read(path)) for path in snakemake.input.theorems]
    evidence = scorecard.evidence(
        [store.read(path) for path in snakemake.input.measures],
        [store.read(path) for path in snakemake.input.exponents],
        verdicts[0] if verdicts else None,
        snakemake.params.settings,
    )
    rows = judged(evidence)
    scorecard.write(rows, snakemake.output.csv)
    scorecard_text.write(scorecard_text.markdown(rows), snakemake.output.markdown)
    scorecard_text.write(scorecard_text.page(rows), snakemake.output.page)

# All that was measured → which claims of the paper hold. The report opens on it.
report: "../report/workflow.rst"


rule collect_scorecard:
    input:
        measures=study.scorecard().paths("measures"),
        exponents=study.scorecard().paths("exponents"),
        theorems=study.scorecard().paths("theorems"),
    output:
        csv="<results>/scorecard.csv",
        markdown="<results>/scorecard.md",
        page=report(
            "<results>/scorecard.html",
            caption="../report/collect_scorecard.rst",
            # The report lists categories by name; the star puts this one first.
            category="★ Scorecard",
            labels={"table": "which claims hold"},
        ),
    log:
        "<results>/logs/collect_scorecard.log",
    benchmark:
        "<results>/benchmarks/collect_scorecard.jsonl"
    conda:
        "../../envs/chaoslearn.yaml"
    params:
        **parameters(study.scorecard),
    script:
        "../../scripts/collect_scorecard.py"

"""What is shown of a run: a line a job, and a summary whose numbers are those of the events."""

from chaoslearn.terminal import Terminal, duration


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def begun(number: int, rule: str, output: str, **wildcards: str) -> dict[str, object]:
    return {
        "jobid": number, "rule_name": rule, "wildcards": wildcards,
        "output": [output] if output else [], "log": [f"results/logs/{rule}.log"],
    }  # fmt: skip


def run() -> tuple[Terminal, Clock]:
    clock = Clock()
    terminal = Terminal(clock)
    terminal.planned({"train_block": 2, "plot_sweep": 1, "all": 1, "total": 4})
    terminal.started(begun(1, "train_block", "results/training/a/0.nc", series="a", block="0"))
    terminal.started(begun(2, "train_block", "results/training/b/0.nc", series="b", block="0"))
    return terminal, clock


def test_a_job_is_one_line_with_how_many_are_done() -> None:
    terminal, clock = run()
    clock.now += 75
    assert terminal.finished(1) == "[1 of 3] train_block a/0: 1 min 15 s"
    clock.now += 5
    assert terminal.finished(2) == "[2 of 3] train_block b/0: 1 min 20 s"


def test_the_summary_says_what_was_made_where_and_how_long_it_took() -> None:
    terminal, clock = run()
    clock.now += 70
    terminal.finished(1)
    clock.now += 10
    terminal.finished(2)
    terminal.started(begun(3, "plot_sweep", "results/figures/fig1a.pdf"))
    clock.now += 2
    terminal.finished(3)
    assert terminal.summary() == [
        "3 of 3 jobs done in 1 min 22 s",
        "  train_block    2 ×  1 min 15 s  results/training/",
        "  plot_sweep     1 ×         2 s  results/figures/fig1a.pdf",
    ]


def test_a_failure_is_told_at_once_and_at_the_end_with_its_log() -> None:
    terminal, clock = run()
    assert terminal.failed(1) == "[failed] train_block a/0, see results/logs/train_block.log"
    clock.now += 4
    terminal.finished(2)
    assert terminal.summary()[0] == "1 of 3 jobs done in 4 s"
    assert terminal.summary()[-2:] == [
        "1 failed, and 1 more were not tried or not ended:",
        "  train_block a/0, see results/logs/train_block.log",
    ]


def test_a_job_that_failed_and_then_worked_has_not_failed() -> None:
    terminal, _ = run()
    terminal.failed(1)
    terminal.started(begun(1, "train_block", "results/training/a/0.nc", series="a", block="0"))
    terminal.finished(1)
    assert not any("failed" in line for line in terminal.summary())


def test_the_target_is_no_job_and_nothing_done_has_no_summary() -> None:
    terminal, _ = run()
    terminal.started(begun(0, "all", ""))
    assert terminal.finished(0) == ""
    assert Terminal().summary() == []


def test_durations() -> None:
    assert [duration(s) for s in (0.4, 59.6, 3599.0, 7500.0)] == [
        "0 s", "1 min 00 s", "59 min 59 s", "2 h 5 min",
    ]  # fmt: skip

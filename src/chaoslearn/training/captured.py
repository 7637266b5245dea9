"""The gradient step as one launch on a card: CUDA graphs, one for each plan that comes again.

A step is some ten small operations a time step, and launching them one by one takes longer than
computing them. A graph is recorded when a plan comes for the second time, since a forcing may draw
plans that come once, and replayed with new windows; the tensors it reads and writes are always the
same.
https://pytorch.org/docs/stable/notes/cuda.html#cuda-graphs
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from chaoslearn.forcing.plan import Plan
from chaoslearn.training.adam import Sizes
from chaoslearn.training.members import Members, Step

# PyTorch asks for some runs on a side stream, in which libraries set themselves up.
_RUNS_BEFORE_CAPTURE = 3


def captured(step: Step, members: Members, batch: int) -> Step:
    """``step``, which moves ``members`` on a card, recorded at each plan's second time.

    Parameters
    ----------
    batch : windows of a member in each step.
    """
    device = members.alive.device
    starts_read = torch.zeros(len(members.alive), batch, dtype=torch.int64, device=device)
    sizes_read = torch.ones(2, dtype=torch.float64, device=device)
    seen: set[Plan] = set()
    graphs: dict[Plan, torch.cuda.CUDAGraph] = {}
    memory = torch.cuda.graph_pool_handle()

    def record(plan: Plan) -> torch.cuda.CUDAGraph:
        before = [tensor.clone() for tensor in members.arrays()]
        stream: Any = torch.cuda.Stream()  # type: ignore[no-untyped-call]
        stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(stream):
            for _ in range(_RUNS_BEFORE_CAPTURE):
                step(starts_read, plan, sizes_read)
        torch.cuda.current_stream().wait_stream(stream)
        for tensor, value in zip(members.arrays(), before, strict=True):
            tensor.copy_(value)
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph, pool=memory):
            step(starts_read, plan, sizes_read)
        return graph

    def replay(starts: Tensor, plan: Plan, sizes: Sizes) -> None:
        starts_read.copy_(starts)
        sizes_read.copy_(torch.as_tensor(sizes, dtype=torch.float64))
        if plan not in seen:
            seen.add(plan)
            step(starts_read, plan, sizes_read)
            return
        if plan not in graphs:
            graphs[plan] = record(plan)
        graphs[plan].replay()

    return replay

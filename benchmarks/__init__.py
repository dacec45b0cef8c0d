"""Benchmarks: what a build costs, beside the least that it could cost.

`run` starts builds and takes their figures, `memory` watches their processes, `floor` and `binary`
measure what no program could do without, `inputs` lays out what is built, `table` prints. The
`invented` archives are for tests too.
"""

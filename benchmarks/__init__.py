"""Benchmarks: what a build costs beside the least that it could cost."""

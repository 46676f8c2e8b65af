"""Figures for Prometheus: how long answers took, and what stands in the database and the queue.

`latency` is the middleware, `figures` what is read when somebody asks, `page` the answer.
"""

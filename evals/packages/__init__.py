"""Fictional packages by many writers, for the evaluation of pre-screening: written as text, made into files.

`tuning/` may be read by those who build the checker; `aside/` only by those who write the packages.
"""

"""Certificates of origin: pure rules over a typed paper, the law of a day and what was declared.

Legal basis: Circular 33/2023/TT-BTC and the agreements' own rules as dated data.
"""

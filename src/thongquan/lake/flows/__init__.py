"""Flows: steps over tables too large for memory, on the files of one machine or on Spark. The steps are the same."""

from thongquan.lake.flows.files import BUCKET, FileFlow, cut, silent
from thongquan.lake.flows.spark import SparkFlow

__all__ = ["BUCKET", "FileFlow", "SparkFlow", "cut", "silent"]

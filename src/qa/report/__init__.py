"""Reading: a file becomes a report with its sections, its paragraphs and its passages."""

from qa.report.files import SUFFIXES, decode, read_report
from qa.report.parse import parse_report
from qa.report.split import passages, views

__all__ = ["SUFFIXES", "decode", "parse_report", "passages", "read_report", "views"]

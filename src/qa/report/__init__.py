"""Reading: a file becomes a report with its sections, its paragraphs and its passages."""

from qa.report.files import read_report
from qa.report.parse import parse_report
from qa.report.split import passages, views

__all__ = ["parse_report", "passages", "read_report", "views"]

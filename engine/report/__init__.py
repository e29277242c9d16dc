"""A batch as a page that people read: figures with captions that are worked out from the numbers."""

from engine.report.page import Report, report_on

__all__ = ["Report", "report_on"]

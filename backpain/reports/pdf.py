"""The report as a PDF: tagged, its letters inside, from our own files alone.

WeasyPrint is loaded when a PDF is made: it takes half a second and libraries that not every machine has.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from .contents import Report
from .drawing import fixed

OWN = "https://static.invalid/"  # stands for our static files: no such host can exist (RFC 6761)
WIDE, NARROW = 800, 400  # px a graph is drawn for; across the page, or half of it, its letters come to 8 pt
TAGGED = {"pdf_variant": "pdf/ua-1", "pdf_tags": True}  # for screen readers (ISO 14289)
# Letters in pt and the share of their own height that graphs get, the largest first that brings the report
# onto one page; letters below 7 pt are hard to read.
SIZES = ((8.5, 0.9), (7.8, 0.8), (7.2, 0.68))


def pdf_of(report: Report, *, made_on: dt.date, paper: str) -> bytes:
    """Return the report as a PDF on this paper, in the language in force."""
    pdf: bytes = laid_out(report, made_on=made_on, paper=paper).write_pdf(**TAGGED)
    return pdf


def laid_out(report: Report, *, made_on: dt.date, paper: str) -> Any:
    """Return the report's pages, one if its letters can be made small enough."""
    from weasyprint import HTML

    for size, tall in SIZES:
        page = html_of(report, made_on=made_on, tall=tall)
        html = HTML(string=page, base_url=OWN, url_fetcher=_own_files())
        document = html.render(stylesheets=[_sheet(paper, size)], **TAGGED)
        if len(document.pages) == 1:
            break
    return document


def _sheet(paper: str, size: float) -> Any:
    from weasyprint import CSS

    return CSS(string=f"@page {{ size: {paper}; }} html, .report {{ font-size: {size}pt !important; }}")


def html_of(report: Report, *, made_on: dt.date, tall: float = 1) -> str:
    """Return the page the PDF is made of: graphs of a fixed width, each with its styles inside."""
    drawn = replace(
        report,
        pain=replace(report.pain, svg=fixed(report.pain.svg, width=WIDE, tall=tall)),
        load=replace(report.load, svg=fixed(report.load.svg, width=NARROW, tall=tall)),
    )
    context = {"report": drawn, "made_on": made_on, "product_name": settings.PRODUCT_NAME}
    page = render_to_string("reports/report_print.html", context)
    return re.sub(r"(<svg\b[^>]*>)", rf"\1<style>{_chart_styles()}</style>", page)


@functools.cache
def _chart_styles() -> str:
    return _static_file("css/report-chart.css").read_text()


def _static_file(path: str) -> Path:
    """Return one of our static files; raise FileNotFoundError for anything else."""
    found = finders.find(path)
    if not found:
        raise FileNotFoundError(path)
    return Path(found)


def _own_files() -> Any:
    """Return what fetches for WeasyPrint: it never asks the network, nor the disk outside our static files."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            if not url.startswith(OWN):
                raise ValueError("not one of our files")
            file = _static_file(url.removeprefix(OWN))
            kind = {".css": "text/css", ".woff2": "font/woff2"}[file.suffix]
            return URLFetcherResponse(url, body=file.read_bytes(), headers={"Content-Type": kind})

    return OwnFiles()

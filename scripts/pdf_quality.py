#!/usr/bin/env python3
"""How well text comes back out of a PDF: scripts/pdf_quality.py target/release/diptych

Sets the paragraphs of tests/pages (own words, several languages) as documents of several pages, in four layouts, by every
producer that is installed (Chromium, WeasyPrint, ReportLab, fpdf2), and reads them back by `diptych extract`. Prints a Markdown
table: F1 over runs of four words, and precision and recall of whole paragraphs (equal but for white space).
"""

import html
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter

ROOT = pathlib.Path(__file__).resolve().parent.parent

LAYOUTS = {
    "one column, space between": "p { margin: 0 0 8pt }",
    "one column, indented, hyphenated": "p { margin: 0; text-indent: 14pt; text-align: justify; hyphens: auto }",
    "two columns, hyphenated": "main { columns: 2; column-gap: 18pt } p { margin: 0; text-indent: 10pt; text-align: justify; hyphens: auto }",
    "two columns, space between": "main { columns: 2; column-gap: 18pt } p { margin: 0 0 7pt }",
}


def documents():
    """Documents by language: a title and paragraphs of prose each."""
    by_language = {}
    for file in sorted((ROOT / "tests/pages").glob("*.txt")):
        head, _, body = file.read_text(encoding="utf-8").partition("\n\n")
        language = re.search(r"^language: (\w+)", head, re.M)
        language = language.group(1) if language else "en"
        # Lists, voices and headings are laid out by their marks, which a PDF does not have.
        prose = [line.strip() for line in body.splitlines()]
        prose = [line for line in prose if len(line) > 80 and not re.match(r"[-*#>|\d]|\w+:", line)]
        by_language.setdefault(language, []).extend(prose)
    for language, prose in by_language.items():
        if language in ("ar", "fa", "he", "ja", "zh") or len(prose) < 8:
            continue  # No fonts for these are sure to be there.
        for part in range(0, len(prose), 30):
            some = prose[part : part + 30]
            if len(some) >= 8:
                yield f"{language}{part}", language, some


def page(language, paragraphs, style):
    body = "".join(f"<p>{html.escape(text)}</p>" for text in paragraphs)
    return f"""<!doctype html><html lang="{language}"><meta charset="utf-8"><title>Report</title><style>
@page {{ size: A4; margin: 25mm 20mm; @top-center {{ content: "The Harbour Report"; font-size: 8pt }} @bottom-center {{ content: counter(page); font-size: 8pt }} }}
body {{ font: 10.5pt/1.35 serif }} h1 {{ font-size: 20pt; margin: 0 0 14pt }} {style}</style>
<h1>What was seen at the harbour</h1><main>{body}</main></html>"""


def by_chromium(source, target):
    subprocess.run(
        [shutil.which("chromium") or shutil.which("google-chrome"), "--headless", "--no-sandbox", "--disable-gpu",
         f"--print-to-pdf={target}", source.as_uri()],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120,
    )


def by_weasyprint(source, target):
    import weasyprint

    weasyprint.HTML(filename=str(source)).write_pdf(str(target))


def by_reportlab(paragraphs, target, two):
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

    width, height = A4
    edge, gap = 56, 18
    column = (width - 2 * edge - gap) / 2
    boxes = [(edge, column), (edge + column + gap, column)] if two else [(edge, width - 2 * edge)]
    frames = [Frame(x, 70, wide, height - 140, id=str(x)) for x, wide in boxes]

    def furniture(canvas, document):
        canvas.setFont("Times-Roman", 8)
        canvas.drawCentredString(width / 2, height - 40, "The Harbour Report")
        canvas.drawCentredString(width / 2, 40, str(document.page))

    style = ParagraphStyle("p", fontName="Times-Roman", fontSize=10.5, leading=14, firstLineIndent=12, alignment=4)
    BaseDocTemplate(str(target), pagesize=A4, pageTemplates=[PageTemplate("p", frames, onPage=furniture)]).build(
        [Paragraph(html.escape(text), style) for text in paragraphs]
    )


def by_fpdf2(paragraphs, target):
    from fpdf import FPDF

    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Times", size=11)
    for text in paragraphs:
        pdf.multi_cell(0, 6, text.encode("latin-1", "replace").decode("latin-1"), align="J", new_x="LMARGIN", new_y="NEXT")
        pdf.ln(3)
    pdf.output(str(target))


def words(text):
    return re.findall(r"\w+", text.lower())


def score(wanted, found):
    grams = [Counter(zip(*(words(" ".join(text))[at:] for at in range(4)))) for text in (wanted, found)]
    shared = sum((grams[0] & grams[1]).values())
    f1 = 2 * shared / max(1, sum(grams[0].values()) + sum(grams[1].values()))
    plain = [Counter(re.sub(r"\s+", " ", text).strip() for text in texts) for texts in (wanted, found)]
    whole = sum((plain[0] & plain[1]).values())
    return f1, whole / max(1, len(found)), whole / max(1, len(wanted))


def read_back(diptych, target):
    said = subprocess.run([diptych, "extract", str(target)], capture_output=True, text=True, timeout=60)
    body = said.stdout.split("---\n", 2)[-1]
    blocks = [block.strip() for block in body.split("\n\n")]
    blocks = [re.sub(r"\\([\\`*_{}\[\]()#+\-.!>~|<&])", r"\1", block) for block in blocks]
    return [block for block in blocks if block and not block.startswith("#")]


def main():
    diptych = sys.argv[1]
    rows = []
    with tempfile.TemporaryDirectory() as room:
        room = pathlib.Path(room)
        jobs = []
        for name, language, paragraphs in documents():
            for layout, style in LAYOUTS.items():
                source = room / f"{name}.html"
                for producer, make in (("Chromium", by_chromium), ("WeasyPrint", by_weasyprint)):
                    jobs.append((producer, layout, paragraphs, lambda t, s=source, st=style, m=make, l=language, p=paragraphs: (s.write_text(page(l, p, st), encoding="utf-8"), m(s, t))))
            latin = [text.encode("latin-1", "replace").decode("latin-1") for text in paragraphs]
            for two in (False, True):
                jobs.append(("ReportLab", "two columns" if two else "one column, indented", latin, lambda t, two=two, p=latin: by_reportlab(p, t, two)))
            jobs.append(("fpdf2", "one column, space between", latin, lambda t, p=latin: by_fpdf2(p, t)))
        scores = {}
        for number, (producer, layout, paragraphs, make) in enumerate(jobs):
            target = room / f"{number}.pdf"
            try:
                make(target)
            except (ImportError, TypeError, FileNotFoundError):
                continue  # Not installed.
            found = read_back(diptych, target)
            scores.setdefault((producer, layout), []).append(score(paragraphs, found))
            if len(sys.argv) > 2:
                (pathlib.Path(sys.argv[2]) / f"{number}-{producer}.txt").write_text(f"{layout}\n" + "\n\n".join(found))
        for (producer, layout), each in scores.items():
            mean = [sum(of) / len(each) for of in zip(*each)]
            rows.append(f"| {producer} | {layout} | {len(each)} | {mean[0]:.3f} | {mean[1]:.2f} | {mean[2]:.2f} |")
    print("| producer | layout | documents | F1 of 4-grams | paragraphs P | R |\n|---|---|---:|---:|---:|---:|")
    print("\n".join(rows))


main()

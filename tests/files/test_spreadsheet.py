"""Our sheets open right in a spreadsheet program: Chinese, long numbers and neutralised formulas (LibreOffice)."""

import csv
import shutil
import subprocess
from pathlib import Path

import pytest

from fairs.files.sheets import write_xlsx

ROWS = [
    ["学号", "姓名", "备注", "人数"],
    ["202300000000123456", "李小雨", "=1+1", "12"],
    ["91320100MA1QMCG39X", "王𠮷（扩展区）", "+86 138", "3.5"],
    ["000123", "Zoë“引号”", '@SUM(A1:A9),"逗号"', "0"],
]


@pytest.mark.proof
def test_a_spreadsheet_program_reads_what_we_wrote(tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    assert office, (
        "this test needs a spreadsheet program: apt-get install -y --no-install-recommends libreoffice-calc"
    )
    rows = [[*texts, float(number)] for *texts, number in ROWS[1:]]
    (tmp_path / "名单.xlsx").write_bytes(write_xlsx("学生名单", ROWS[0], rows))
    # 44,34,76: comma, quotes, UTF-8; formulas would be shown by their results
    command = [office, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
    to_csv = ["--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", str(tmp_path)]
    subprocess.run([*command, *to_csv, str(tmp_path / "名单.xlsx")], check=True, timeout=180)
    with (tmp_path / "名单.csv").open(encoding="utf-8", newline="") as file:
        read = [row for row in csv.reader(file) if any(row)]
    harmless = [[f"'{cell}" if cell[:1] in {"=", "+", "@"} else cell for cell in row] for row in ROWS]
    assert read == harmless

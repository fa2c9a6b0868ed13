"""Files nobody means as a resume, and parts of a body no browser writes: what a guest may upload, or try to."""

import io
import zipfile
import zlib

from pdf_samples import HEADERS, RUNNING, pdf, running

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
PDF += b"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n"
PDF += b"trailer<</Size 3/Root 1 0 R>>\nstartxref\n103\n%%EOF\n"


def docx(*more: tuple[str, bytes], body: bytes = b"<w:document/>") -> bytes:
	buffer = io.BytesIO()
	with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
		for name, content in (("[Content_Types].xml", b"<Types/>"), ("word/document.xml", body), *more):
			archive.writestr(name, content)
	return buffer.getvalue()


def script_in_pdf() -> bytes:
	return PDF.replace(b"/Pages 2 0 R", b"/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>")


def bomb_in_pdf(megabytes: int = 200) -> bytes:
	"""A cross-reference stream of a few hundred kilobytes that unpacks to as many megabytes."""
	stream = zlib.compress(bytes(megabytes * 1024 * 1024), 9)
	head = b"%PDF-1.7\n"
	obj = b"1 0 obj<</Type/XRef/W[1 4 2]/Size 9/Root 2 0 R/Filter/FlateDecode/Length %d>>stream\n" % len(
		stream
	)
	return head + obj + stream + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % len(head)


def looped_pdf() -> bytes:
	"""Pages that are their own parents and children."""
	return PDF.replace(b"/Kids[]/Count 0", b"/Parent 2 0 R/Kids[2 0 R 2 0 R 2 0 R]/Count 9")


FILES = (
	("cv.pdf", PDF),
	("resume.pdf", b"MZ"),
	("../../x.pdf", PDF),
	("..\\..\\x.pdf", PDF),
	("/etc/cron.d/x.pdf", PDF),
	("C:\\fakepath\\x.docx", docx()),
	("\x00.pdf", PDF),
	("cv.pdf\x00.html", PDF),
	("a" * 300 + ".pdf", PDF),
	("长" * 100 + ".pdf", PDF),
	("\u202efdp.exe.pdf", PDF),
	("=HYPERLINK(1).pdf", PDF),
	('"><img src=x onerror=alert(1)>.pdf', PDF),
	("{{ 7*7 }}.pdf", PDF),
	("a\r\nSet-Cookie: evil=1.pdf", PDF),
	("a;b=c.pdf", PDF),
	("%2e%2e%2fx.pdf", PDF),
	(".htaccess.pdf", PDF),
	("run.php.pdf", b"<?php system($_GET[0]); ?>" + PDF),
	("x.pdf", b"<html><script>alert(1)</script>" + PDF),
	("x.pdf", script_in_pdf()),
	("x.pdf", running(RUNNING["a script in an object"])),
	("x.pdf", running(RUNNING["a chain without an end"])),
	("x.pdf", pdf(HEADERS["an object that is not there"])),
	("x.pdf", looped_pdf()),
	("x.pdf", b"%PDF-1.7\n%%EOF"),
	("x.pdf", docx() + PDF),
	("x.docx", docx() + PDF),
	("x.docx", b"PK\x03\x04" + bytes(200)),
	("x.docx", docx(("../../../../etc/passwd", b"x"), ("word/media/a.php", b"<?php"))),
	("x.docx", docx(body=bytes(30 * 1024 * 1024))),
	("x.docx", docx(("word/vbaProject.bin", b"x"))),
	("x.doc", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(99)),
	("run.php", b"<?php"),
	("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
	("x.pdf.html", b"%PDF-1.4<script>alert(1)</script>%%EOF"),
	("x.pdf.", PDF),
	("x.pdf ", PDF),
	(".pdf", PDF),
)
_FORM = b"Content-Disposition: form-data; "
PARTS = (
	_FORM + b'name="resume"; filename="cv.pdf"\r\nContent-Type: text/html\r\n\r\n' + PDF,
	_FORM + b'name="resume"; filename="a\x00b.pdf"\r\n\r\n' + PDF,
	_FORM + b"name=\"resume\"; filename*=utf-8''..%2f..%2f%00x.pdf\r\n\r\n" + PDF,
	_FORM + b"name=\"resume\"; filename*=utf-16''%ff%fe.pdf\r\n\r\n" + PDF,
	_FORM + b'name="resume"; filename="\xff\xfe.pdf"\r\n\r\n' + PDF,
	_FORM + b'name="resume"; filename=""\r\n\r\n',
	_FORM + b'name="resume"\r\n\r\nnot a file',
	_FORM + b'name="candidate_name"; filename="x.txt"\r\n\r\nMei',
	_FORM + b'name="form_token"; filename="x.txt"\r\n\r\n1.2.3',
	_FORM + b'name="\xff"\r\n\r\n\xff\xfe',
	_FORM + b"\r\n\r\nno name",
	b"Content-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA",
	b"X: " + b"y" * 9000 + b"\r\n\r\n",
	b"no header at all",
	b"",
)

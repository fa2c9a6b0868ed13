"""Which pictures and voices go with words to somebody of the talent pool."""

import pytest

from referral_hub.talent.rules.media import (
	LARGEST,
	LARGEST_TOGETHER,
	MOST,
	PICTURE,
	VOICE,
	Media,
	Unfit,
	check,
	go_together,
	kind_of,
)

JPEG, PNG, MP3 = b"\xff\xd8\xff\xe0" + b"\0" * 20, b"\x89PNG\r\n\x1a\n" + b"\0" * 20, b"ID3\x04" + b"\0" * 20


@pytest.mark.parametrize(
	("name", "kind"),
	[
		("team.jpg", PICTURE),
		("Team.JPEG", PICTURE),
		("a.b.png", PICTURE),
		("wang.m4a", VOICE),
		("wang.mp3", VOICE),
		("offer.pdf", None),
		("team.svg", None),
		("team.jpg.html", None),
		("jpg.", None),
		("", None),
	],
)
def test_what_a_file_is_by_its_name(name, kind):
	assert kind_of(name) == kind


@pytest.mark.parametrize(
	("name", "beginning"),
	[
		("a.jpg", JPEG),
		("a.png", PNG),
		("a.gif", b"GIF89a" + b"\0" * 8),
		("a.webp", b"RIFF\0\0\0\0WEBPVP8 "),
		("a.mp3", MP3),
		("a.mp3", b"\xff\xfb\x90\x00"),
		("a.m4a", b"\0\0\0\x20ftypM4A "),
		("a.aac", b"\xff\xf1\x50\x80"),
		("a.ogg", b"OggS\0\x02"),
		("a.wav", b"RIFF\0\0\0\0WAVEfmt "),
	],
)
def test_what_goes(name, beginning):
	check([Media(name, len(beginning), beginning)])


@pytest.mark.parametrize(
	("files", "why"),
	[
		([Media("a.pdf", 10, b"%PDF-1.7")], "kind"),
		([Media("a.svg", 10, b"<svg onload=")], "kind"),
		([Media("a.jpg", 10, b"<html><script>")], "content"),
		([Media("a.png", 10, JPEG)], "content"),
		([Media("a.wav", 10, b"RIFF\0\0\0\0WEBP")], "content"),
		([Media("a.mp3", 0, b"")], "content"),
		([Media("a.mp3", 1, b"\xff")], "content"),
		([Media("a.jpg", LARGEST + 1, JPEG)], "large"),
		([Media(f"{n}.jpg", LARGEST, JPEG) for n in range(3)], "together"),
		([Media(f"{n}.jpg", 10, JPEG) for n in range(MOST + 1)], "many"),
	],
)
def test_what_does_not_go(files, why):
	with pytest.raises(Unfit) as refused:
		check(files)
	assert refused.value.why == why


def test_as_much_as_goes():
	check([Media("a.jpg", LARGEST, JPEG), Media("b.png", LARGEST, PNG)])
	check([Media(f"{n}.jpg", 10, JPEG) for n in range(MOST)])


@pytest.mark.parametrize(
	("sizes", "goes"),
	[
		([], []),
		([1] * (MOST + 1), [True] * MOST + [False]),
		# what does not fit any more leaves room for what is smaller
		([LARGEST_TOGETHER - 1, 2, 1], [True, False, True]),
	],
)
def test_what_of_a_template_is_ticked_goes_together(sizes, goes):
	assert go_together(sizes) == goes

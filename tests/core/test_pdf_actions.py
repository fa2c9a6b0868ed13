"""A PDF that only shows itself is taken, whichever program wrote it; one that starts something is not."""

import io

import pytest
from pdf_samples import HEADERS, LINKS, RUNNING, RUNNING_PAGES, pdf, running
from pypdf import PdfReader, PdfWriter

from referral_hub.referrals.rules.resumes.pdf_actions import runs_something


@pytest.mark.parametrize("program", HEADERS)
def test_what_programs_write_shows_itself_and_no_more(program):
	assert not runs_something(pdf(HEADERS[program]))


@pytest.mark.parametrize("links", LINKS)
def test_links_are_the_readers_own_to_follow(links):
	assert not runs_something(pdf(page=links))


@pytest.mark.parametrize("what", RUNNING)
def test_what_runs_when_the_file_is_opened_is_seen(what):
	assert runs_something(running(RUNNING[what]))


@pytest.mark.parametrize("what", RUNNING_PAGES)
def test_what_runs_from_a_page_is_seen(what):
	assert runs_something(pdf(page=RUNNING_PAGES[what]))


@pytest.mark.parametrize("entry", ["", RUNNING["a program"]])
def test_objects_packed_into_streams_are_read_alike(entry):
	written = io.BytesIO()
	PdfWriter(clone_from=PdfReader(io.BytesIO(running(entry)))).write(written)
	assert runs_something(written.getvalue()) is bool(entry)


def test_a_file_that_is_only_protected_from_changes_is_read():
	writer, written = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf()))), io.BytesIO()
	writer.encrypt("", owner_password="nobody types this", algorithm="RC4-128")
	writer.write(written)
	assert not runs_something(written.getvalue())

"""What employees and HR hand on: links, QR codes, posters, invitations; and what comes back through them.

| file | is |
|---|---|
| links.py | makes, opens, lists and switches off links |
| visits.py | counts visitors, each once |
| applications.py | an application that came through a link: whose it is, and that none is lost |
| invitations.py | one person is invited by message; sent again once; suppression |
| careers.py | an applicant of HRMS's own pages who had opened a link before |
| posters/ | QR codes and posters as PNG and SVG |
"""

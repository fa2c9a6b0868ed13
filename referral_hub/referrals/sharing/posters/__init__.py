"""QR codes and posters as PNG and SVG. `rules/sharing/poster.py` decides where everything stands; here it is drawn.

qr.py: the code as squares · fonts.py: which font has which letters · png.py, svg.py: two hands · pictures.py: theme and logo
"""

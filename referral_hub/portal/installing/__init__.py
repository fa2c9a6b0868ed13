"""The portal as an app on a phone or a desktop: what browsers read for it, whoever is signed in. Nothing in it is anybody's."""

"""What the platform makes anew for each request out of the same words: the code of its templates, the map of its routes, and
what it reads of a DocType or a language from Redis.

That is most of what a page or a print costs. A process that says `make_once()` makes each of them once; another source,
another set of routes, or other bytes in Redis, are another one. Tests say it, benchmarks don't: they measure what a site does.
"""

import pickle

import frappe
import jinja2
from frappe.utils.redis_wrapper import RedisWrapper
from frappe.website import router
from redis import Redis

# Hashes of values that nobody changes after reading them
READ_ALONE = ("doctype_meta", "merged_translations")


def make_once() -> None:
	"""For as long as this process lives, and its forks."""
	if router.Map is _make_map:
		router.Map = _same_map(_make_map)
		jinja2.Environment.compile = _same_code(_compile)
		RedisWrapper.hget = _same_value(RedisWrapper.hget)


_make_map, _compile = router.Map, jinja2.Environment.compile


def _same_map(make_map):
	made = {}

	def same_map(rules):
		key = tuple((rule.rule, str(rule.endpoint)) for rule in rules)
		if key not in made:
			made[key] = make_map(rules)
		return made[key]

	return same_map


def _same_code(compile_source):
	compiled = {}

	def same_code(self, source, name=None, filename=None, raw=False, defer_init=False):
		if raw or not isinstance(source, str):
			return compile_source(self, source, name, filename, raw, defer_init)
		# by name: the platform makes new classes every time
		classes = (type(self).__qualname__, self.undefined.__qualname__)
		escaping = getattr(self.autoescape, "__qualname__", self.autoescape)
		key = (*classes, escaping, name, filename, source)
		if key not in compiled:
			compiled[key] = compile_source(self, source, name, filename, raw, defer_init)
		return compiled[key]

	return same_code


def _same_value(hget):
	read = {}

	def same_value(self, name, key, generator=None, shared=False):
		if name not in READ_ALONE or not key:
			return hget(self, name, key, generator, shared)
		place = self.make_key(name, shared=shared)
		of_this_request = frappe.local.cache.setdefault(place, {})
		if key not in of_this_request:
			packed = Redis.hget(self, place, key)
			if packed is None:
				return hget(self, name, key, generator, shared)
			if read.get((place, key), [None])[0] != packed:
				read[place, key] = packed, pickle.loads(packed)
			of_this_request[key] = read[place, key][1]
		return of_this_request[key]

	return same_value

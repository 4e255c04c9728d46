from django import template

from search.queries.facets import kind_name

register = template.Library()
register.filter("kind_name", kind_name)

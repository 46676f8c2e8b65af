"""The API, put together. A further subject is a router of its own, added here.

Routers whose addresses lie below `/trials/` come before that of `trials`, which takes everything there.
"""

from csp.decorators import csp_update
from django.http import Http404

from trials.api import errors, lookups, status, takeaway, trials
from trials.api.document import DocumentedAPI
from trials.search.parameters import ParameterError

api = DocumentedAPI(docs_decorator=csp_update({"img-src": ["data:"]}))  # icons in Swagger's own style sheet
api.add_exception_handler(ParameterError, errors.bad_request)
api.add_exception_handler(Http404, errors.not_found)
takeaway.register(api)
for subject in (trials, lookups, status):
    api.add_router("", subject.router)

"""The Function app `dfsp-auth`: API Management asks it whether a caller is a participant."""

import json
import logging
import os

import azure.functions as func
from participants import Answer, check, chosen_source

app = func.FunctionApp(http_auth_level=func.AuthLevel.FUNCTION)


@app.route(route="dfsps/{id}", methods=["GET"])
def dfsps(req: func.HttpRequest) -> func.HttpResponse:
    """`GET /api/dfsps/{id}?thumbprint=...&kind=dfsp`."""
    name = req.route_params.get("id", "")
    answer = check(
        name, req.params.get("thumbprint", ""), req.params.get("kind", "dfsp"), chosen_source(os.environ), os.environ
    )
    # What is logged is what an operator needs and what the caller has told already.
    logging.log(
        logging.ERROR if answer.status == 503 else logging.INFO, "dfsp %s: %d %s", name, answer.status, answer.body
    )
    return reply(answer)


@app.route(route="health", methods=["GET"], auth_level=func.AuthLevel.ANONYMOUS)
def health(req: func.HttpRequest) -> func.HttpResponse:  # noqa: ARG001  (the host passes it)
    """For the probe of the platform: that the code runs. Whether the ledger does shows with the first participant."""
    return reply(Answer(200, {"status": "OK"}))


def reply(answer: Answer) -> func.HttpResponse:
    """The answer as HTTP; why the source cannot be asked stays in the log."""
    body = {"error": "unavailable"} if answer.status == 503 else answer.body
    return func.HttpResponse(json.dumps(body), status_code=answer.status, mimetype="application/json")

import azure.functions as func

app = func.FunctionApp()


@app.route(route="health")
def health(request: func.HttpRequest) -> func.HttpResponse
    return func.HttpResponse("ok")

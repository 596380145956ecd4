"""The REST API, one router a resource. A route reads a request, makes one call and sends what comes back."""

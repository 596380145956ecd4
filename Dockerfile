# Stage 1 builds the wheel (Node comes and goes with it, as a Python package), stage 2 installs it.
FROM python:3.13-slim AS build
WORKDIR /source
COPY pyproject.toml constraints.txt ./
RUN python -m pip install --no-cache-dir --constraint constraints.txt pip \
 && python -m pip install --no-cache-dir --constraint constraints.txt --group build
COPY . .
RUN python -m pip wheel --no-cache-dir --no-build-isolation --no-deps --wheel-dir /wheels . \
 && cp constraints.txt /wheels/

FROM python:3.13-slim
ENV PYTHONUNBUFFERED=1 \
    BACKSCOPE_STORE=/data/sessions.sqlite3
COPY --from=build /wheels /wheels
RUN python -m pip install --no-cache-dir --constraint /wheels/constraints.txt /wheels/*.whl sympy \
 && rm -r /wheels \
 && useradd --system --uid 10001 --no-create-home backscope \
 && install --directory --owner=10001 /data
USER 10001
# Sessions are kept here; without a volume they last as long as the container.
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["backscope", "--host", "0.0.0.0", "--port", "8000", "--no-open"]

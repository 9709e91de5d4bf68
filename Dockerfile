# Throughline in one image: web and worker are two commands of it.
#
#   docker compose up -d        (docker-compose.yml brings PostgreSQL with it)
#
# Everything that must be kept lies in the volume /data; the image itself is never written to.

# --- build: a virtual environment from the hash-locked list, messages, static files -------------
FROM python:3.13-slim AS build
WORKDIR /app
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
COPY requirements.txt ./
RUN python3 -m venv /venv \
 && /venv/bin/pip install --quiet --require-hashes -r requirements.txt
COPY manage.py CHANGELOG.md ./
COPY bin/compile_messages.py bin/
COPY locale locale
COPY static static
COPY templates templates
COPY studio studio
COPY projects projects
COPY timelog timelog
RUN /venv/bin/python bin/compile_messages.py locale \
 && STUDIO_DATA=/tmp/data STUDIO_STATIC_ROOT=/app/build/static \
    /venv/bin/python manage.py collectstatic --noinput -v0 \
 && /venv/bin/python -m compileall -q /venv/lib studio projects timelog

# --- run: no compiler, no root, nothing to write but /data and /tmp ------------------------------
FROM python:3.13-slim
# Chinese letters on painted cards need a font; the browser brings its own.
RUN apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends fonts-noto-cjk \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --gid 10001 studio \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin studio \
 && install -d -o 10001 -g 10001 /data
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    STUDIO_DATA=/data STUDIO_STATIC_ROOT=/app/build/static BIND=0.0.0.0:8000
USER 10001:10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 \
  CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["python", "manage.py", "serve"]

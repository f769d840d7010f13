# The server with everything that runs on a CPU: docs/guide/server.md.
FROM python:3.12-slim AS installed
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/assay
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY src src
# torch from the index that has it without CUDA: 2 GB less
RUN PIP_EXTRA_INDEX_URL=https://download.pytorch.org/whl/cpu /opt/assay/bin/pip install ".[cpu,serve,postgres]"

FROM python:3.12-slim
RUN apt-get update \
    && apt-get install --no-install-recommends --yes libgomp1 tesseract-ocr tesseract-ocr-chi-sim \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 1000 --create-home assay \
    && install --directory --owner assay /data
COPY --from=installed /opt/assay /opt/assay
ENV PATH=/opt/assay/bin:$PATH ASSAY_CACHE=/data/.cache
USER assay
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --start-period=30s --timeout=10s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/health', timeout=5)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["assay"]
CMD ["serve", "--host", "0.0.0.0"]

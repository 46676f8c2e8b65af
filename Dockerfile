FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.txt
COPY . .
RUN python -m trialfinder.catalogues \
    && TRIALFINDER_DATA_DIR=/tmp/build python manage.py collectstatic --no-input --verbosity 0 \
    && rm -r /tmp/build \
    && useradd --system --uid 10001 --no-create-home trialfinder
USER trialfinder
CMD ["python", "-m", "trialfinder.launch", "web"]

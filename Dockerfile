FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
# Faces for the pictures that messengers show with a link: without them the Hindi ones are in English
RUN apt-get update && apt-get install -y --no-install-recommends fonts-noto-core && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.txt
COPY . .
RUN python -m trialfinder.catalogues \
    && TRIALFINDER_DATA_DIR=/tmp/build python manage.py collectstatic --no-input --verbosity 0 \
    && rm -r /tmp/build \
    && useradd --system --uid 10001 --no-create-home trialfinder \
    && install --directory --owner trialfinder /dumps
USER trialfinder
CMD ["python", "-m", "trialfinder.launch", "web"]

"""Django's `makemessages`, which finds the words of the templates of Jinja2 too."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

from django.core.management.commands import makemessages
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from jinja2.ext import extract_from_ast


class BuildFile(makemessages.BuildFile):
    """A template of Jinja2 becomes a file of Python that says the same words."""

    def preprocess(self) -> None:
        path = Path(self.path).resolve()
        if any(path.is_relative_to(Path(folder).resolve()) for folder in engines["jinja2"].template_dirs):
            lines = calls(path.read_text(encoding="utf-8"))
            Path(self.work_path).write_text("\n".join(lines), encoding="utf-8")
        else:
            super().preprocess()


class Command(makemessages.Command):
    build_file_class = BuildFile


def calls(source: str) -> Iterator[str]:
    """The words of a template, each as a call that gettext knows."""
    environment = cast(Jinja2, engines["jinja2"]).env
    for _line, function, said in extract_from_ast(environment.parse(source)):
        words = [said] if isinstance(said, str) else [each for each in said or () if each is not None]
        if function == "_":  # Django doubles percent signs, Jinja2 only those of `{% trans %}`
            yield f"gettext({words[0].replace('%', '%%')!r})"
        else:
            yield f"{function}({', '.join(repr(each) for each in words)})"

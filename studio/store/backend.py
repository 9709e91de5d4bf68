"""Django's Tasks interface over our job table, so that a task is declared as everywhere else."""

from typing import Any

from django.utils import timezone
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus

from studio.store.models.job import new_job


class JobBackend(BaseTaskBackend):
    """Enqueues into the job table; `manage.py work` takes it from there."""

    supports_defer = True
    supports_priority = True

    def enqueue(self, task: Task[..., Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Queue a call of `task`."""
        self.validate_task(task)
        job = new_job(
            task.module_path,
            list(args),
            dict(kwargs),
            priority=task.priority,
            run_after=task.run_after or timezone.now(),
        )
        return TaskResult(
            task=task,
            id=str(job.pk),
            status=TaskResultStatus.READY,
            enqueued_at=job.created,
            started_at=None,
            finished_at=None,
            last_attempted_at=None,
            args=list(args),
            kwargs=dict(kwargs),
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )

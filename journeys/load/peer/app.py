import datetime
import os
import uuid
from typing import List, Optional

from fastapi import Depends, FastAPI, HTTPException, Query
from pydantic import BaseModel
from sqlalchemy import Column, DateTime, SmallInteger, Text, select
from sqlalchemy.dialects.postgresql import UUID
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import declarative_base, sessionmaker

engine = create_async_engine(os.environ["PEER_DB"], pool_size=4, max_overflow=0)
Session = sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)
Base = declarative_base()


class Task(Base):
    __tablename__ = "task"
    id = Column(UUID(as_uuid=True), primary_key=True)
    project_id = Column(UUID(as_uuid=True), index=True)
    title = Column(Text)
    description = Column(Text)
    status = Column(Text)
    priority = Column(SmallInteger)
    due = Column(DateTime(timezone=True))
    created_at = Column(DateTime(timezone=True))


class TaskView(BaseModel):
    id: uuid.UUID
    project_id: uuid.UUID
    title: str
    description: str
    status: str
    priority: int
    due: Optional[datetime.datetime]
    created_at: datetime.datetime

    class Config:
        orm_mode = True


class TaskDraft(BaseModel):
    project_id: uuid.UUID
    title: str
    description: str = ""


app = FastAPI()


async def session():
    async with Session() as opened:
        yield opened


@app.get("/api/tasks/{id}", response_model=TaskView)
async def read(id: uuid.UUID, session: AsyncSession = Depends(session)):
    task = (await session.execute(select(Task).where(Task.id == id))).scalar_one_or_none()
    if task is None:
        raise HTTPException(404)
    return task


@app.get("/api/tasks", response_model=List[TaskView])
async def in_project(
    project: uuid.UUID, limit: int = Query(20, le=100), session: AsyncSession = Depends(session)
):
    tasks = select(Task).where(Task.project_id == project).order_by(Task.created_at, Task.id)
    return (await session.execute(tasks.limit(limit))).scalars().all()


@app.post("/api/tasks", response_model=TaskView, status_code=201)
async def create(draft: TaskDraft, session: AsyncSession = Depends(session)):
    task = Task(
        id=uuid.uuid4(),
        project_id=draft.project_id,
        title=draft.title,
        description=draft.description,
        status="open",
        priority=0,
        created_at=datetime.datetime.now(datetime.timezone.utc),
    )
    session.add(task)
    await session.commit()
    return task

import type {
  AcceptedJob,
  ImportReport,
  ItemView,
  JobView,
  LabelView,
  Me,
  MemberView,
  NewInvitation,
  PostVersionView,
  PostView,
  ProjectView,
  Registration,
  RunView,
  SearchResults,
  SectionView,
  SecurityEvent,
  SessionView,
  TaskView,
  TokenView,
  WorkerView,
} from '../api/types'

export type FakeUser = Me & { password: string; closedAt: string | null }
export type FakeSession = SessionView & { userId: string }
export type FakeInvitation = NewInvitation & { createdBy: string; usedBy: string[] }
export type FakeProject = Omit<ProjectView, 'role' | 'openTasks' | 'doneTasks' | 'countsCapped'> & {
  members: MemberView[]
  deleted: boolean
}
export type FakeSection = SectionView & { projectId: string }
export type FakeLabel = LabelView & { projectId: string }
export type FakeJob = AcceptedJob & { userId: string; lines: ImportReport['lines'] }
export type FakePost = PostView & { former: PostVersionView[] }

/** What the fake server holds. */
export class FakeStore {
  users: FakeUser[] = []
  sessions: FakeSession[] = []
  tokens: (TokenView & { userId: string })[] = []
  invitations: FakeInvitation[] = []
  resets: { id: string; userId: string; secret: string }[] = []
  projects: FakeProject[] = []
  sections: FakeSection[] = []
  labels: FakeLabel[] = []
  /** What gives back a member, section or label that was removed, by what was asked to remove it. */
  removals = new Map<string, () => unknown>()
  tasks: TaskView[] = []
  items: ItemView[] = []
  posts: FakePost[] = []
  securityEvents: SecurityEvent[] = []
  acceptedJobs: FakeJob[] = []
  /** Whether files are imported by jobs, as large ones are. */
  importsAsJobs = false
  jobs: JobView[] = []
  workers: WorkerView[] = []
  runs = new Map<string, RunView[]>()
  registrationOpen = true
  /** Kinds that a search leaves out, because their service is away. */
  searchedWithout: SearchResults['unavailable'] = []
  inviters: Registration['invitations'] = 'owners'
  /** Whether totals wait for a calculator that does not answer. */
  calculatorAway = false
  private lastId = 0

  nextId(): string {
    this.lastId += 1
    return `0193a000-0000-7000-8000-${String(this.lastId).padStart(12, '0')}`
  }
}

import type { components, paths } from './schema'

/** The contract's shapes by the names the app uses: a renaming there is one edit here. */
type Schemas = components['schemas']

export type ApiPath = keyof paths
export type Me = Schemas['Me']
export type User = Schemas['User']
export type CurrentSession = Schemas['CurrentSession']
export type Registration = Schemas['Registration']
export type SessionView = Schemas['SessionView']
export type TokenView = Schemas['TokenView']
export type NewToken = Schemas['NewToken']
export type TokenScope = Schemas['TokenDraft']['scopes'][number]
export type Role = Schemas['Role']
export type ProjectDraft = Schemas['ProjectDraft']
export type ProjectChange = Schemas['ProjectPatch']
export type ProjectView = Schemas['ProjectView']
export type SectionView = Schemas['SectionView']
export type LabelDraft = Schemas['LabelDraft']
export type LabelView = Schemas['LabelView']
export type Color = Schemas['Color']
export type MemberView = Schemas['MemberView']
export type TaskDraft = Schemas['TaskDraft']
export type TaskChange = Schemas['TaskPatch']
export type TaskPosition = Schemas['TaskPlace']
export type TaskView = Schemas['TaskView']
export type TaskStatus = Schemas['Status']
export type TaskPriority = Schemas['Priority']
export type CalculationDraft = Schemas['CalculationDraft']
export type CalculationResult = Schemas['CalculationResult']
export type CalculationOperation = Schemas['CalculationOperation']
export type CalculationOperations = Schemas['CalculationOperations']
export type CalculationStep = Schemas['CalculationStep']
export type ItemDraft = Schemas['ItemDraft']
export type ItemChange = Schemas['ItemPatch']
export type ItemView = Schemas['ItemView']
export type ItemSum = Schemas['ItemSum']
export type ItemSums = Schemas['ItemSums']
export type ImportReport = Schemas['ImportReport']
export type PostDraft = Schemas['PostDraft']
export type PostChange = Schemas['PostWordsPatch']
export type PostState = Schemas['State']
export type PostView = Schemas['PostView']
export type PostVersionView = Schemas['PostVersionView']
export type Rendering = Schemas['Rendering']
export type Problem = Schemas['Problem']

export type Page<T> = { items: T[]; nextCursor: string | null }
export type TaskPage = Page<TaskView>
export type ItemPage = Page<ItemView>
export type PostPage = Page<PostView>

import type { paths } from './schema'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** The paths of the contract that know a method. */
export type PathOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<Lowercase<M>, Described> ? P : never
}[keyof paths]

/** What the contract says of a method at a path. */
type Operation<M extends Method, P extends PathOf<M>> = Extract<
  paths[P][Lowercase<M> & keyof paths[P]],
  Described
>

type Described = {
  parameters: { path?: unknown; query?: unknown; header?: unknown }
  requestBody?: unknown
  responses: object
}

type Parameters<O extends Described, In extends 'path' | 'query' | 'header'> = NonNullable<
  O['parameters'][In]
>

/** What is null, undefined or empty is left out of the address. */
type LeftOut<T> = { [Name in keyof T]?: T[Name] | null | undefined }

/** The query parameters of an operation. */
export type QueryOf<M extends Method, P extends PathOf<M>> = LeftOut<
  Parameters<Operation<M, P>, 'query'>
>

type Content<T> = T extends { content: infer C } ? C[keyof C] : never

/** What an operation is sent. */
export type BodyOf<M extends Method, P extends PathOf<M>> = Content<Operation<M, P>['requestBody']>

type Success = 200 | 201 | 207

type AnswerIn<Responses> = {
  [Status in keyof Responses]: Status extends Success
    ? Content<Responses[Status]>
    : Status extends 204
      ? undefined
      : never
}[keyof Responses]

/** What an operation answers when it succeeds. */
export type AnswerOf<M extends Method, P extends PathOf<M>> = AnswerIn<Operation<M, P>['responses']>

type IfKnown<T, Then, Else> = [T] extends [never] ? Else : Then
type Header<O extends Described, Name extends string> = Extract<keyof Parameters<O, 'header'>, Name>

type Given<O extends Described, Body> = { signal?: AbortSignal | undefined } & IfKnown<
  Parameters<O, 'path'>,
  // Whatever it stands for, in an address it is text.
  { path: Record<keyof Parameters<O, 'path'>, string> },
  { path?: never }
> &
  IfKnown<Parameters<O, 'query'>, { query?: LeftOut<Parameters<O, 'query'>> }, { query?: never }> &
  IfKnown<Body, { body: Body }, { body?: never }> &
  /** The same for what shall be written once, however often it is tried. */
  IfKnown<Header<O, 'Idempotency-Key'>, { key: string }, { key?: never }> &
  /** The version the change was made from; the server refuses it when there is a newer one. */
  IfKnown<Header<O, 'If-Match'>, { version?: number | undefined }, { version?: never }>

/** The third argument of a call: absent where the contract asks for nothing. */
export type OptionsOf<M extends Method, P extends PathOf<M>> =
  object extends Given<Operation<M, P>, BodyOf<M, P>>
    ? [options?: Given<Operation<M, P>, BodyOf<M, P>>]
    : [options: Given<Operation<M, P>, BodyOf<M, P>>]

import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { meQuery } from '@/api/users'
import { useDebounced } from '@/ui/use-debounced'
import { isSame, type Question, questionIn, searchOf } from './calculator-search'
import { namesIn } from './names-in'

const route = getRouteApi('/app/calculator')

/** More than this, and a server may not take the address: then it is kept in memory only. */
const maxSearchLength = 2_000

/** What each user asked last, for when they come back without an address that says it. */
const asked = new Map<string | undefined, Question>()

export const forgetQuestions = () => asked.clear()

/** The question as it is being typed; the URL follows, and begins with it. */
export function useQuestion() {
  const { data: me } = useQuery(meQuery)
  const search = route.useSearch()
  const navigate = useNavigate({ from: '/calculator' })
  const [question, setQuestion] = useState<Question>(() => {
    const last = asked.get(me?.id)
    return isSame(search, {}) && last ? last : questionIn(search)
  })
  const names = namesIn(question.expression)
  const settled = useDebounced(question)
  useEffect(() => {
    const wanted = searchOf(settled, namesIn(settled.expression))
    const fits = new URLSearchParams(Object.entries(wanted)).toString().length <= maxSearchLength
    const next = fits ? wanted : {}
    if (!isSame(search, next)) void navigate({ search: next, replace: true })
  }, [settled, search, navigate])
  const change = (some: Partial<Question>) => {
    const next = { ...question, ...some }
    asked.set(me?.id, next)
    setQuestion(next)
  }
  return { question, names, change }
}

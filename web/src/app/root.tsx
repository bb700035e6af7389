import { Outlet } from '@tanstack/react-router'
import { createContext, useContext } from 'react'

/** Whether everything that is shown is taken away, because it is of an account that has gone. */
export const Away = createContext(false)

export function Root() {
  return useContext(Away) ? null : <Outlet />
}

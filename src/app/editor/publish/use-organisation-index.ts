import { useMemo } from 'react'
import { indexDocuments, type DocumentIndex } from '#domain/resolve.ts'
import { useEditor } from '../editor-parts.ts'

/** All that this phone holds of the organisation that is managed, as published. */
export function useOrganisationIndex(): DocumentIndex {
  const { state, organisation } = useEditor()
  const { departments } = state.device
  const id = organisation?.id
  return useMemo(
    () =>
      indexDocuments(
        departments
          .filter((each) => each.organisation === id)
          .flatMap(({ release }) => release?.documents ?? []),
      ),
    [departments, id],
  )
}

/** A department's name as people know it; its id where it is not here. */
export function useDepartmentTitle(): (department: string) => string {
  const { state, organisation } = useEditor()
  return (department) =>
    state.device.departments.find(
      (each) => each.organisation === organisation?.id && each.department === department,
    )?.title ?? department
}

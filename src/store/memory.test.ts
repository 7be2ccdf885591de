import { describeStoreContract } from './contract.ts'
import { createMemoryStore } from './memory.ts'

describeStoreContract('the memory store', async () => createMemoryStore())

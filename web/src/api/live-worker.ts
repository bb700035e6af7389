/** The SharedWorker that holds the one stream of all tabs; they reach it over the channel. */
import { newKey } from './client'
import { channelName, runHub } from './live-hub'

runHub(new BroadcastChannel(channelName), newKey())

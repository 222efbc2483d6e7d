import type { ChannelOptions } from '@grpc/grpc-js'
import { FLOW } from './flow.ts'
import { PART } from './ground.ts'
import { certifiedName } from './names.ts'
import type { Settings } from './options.ts'

/** More than is around a part. */
const AROUND = 4 << 10

/** What both sides set. */
export function commonOptions({ keepalive }: Settings): ChannelOptions {
  return {
    'grpc.max_send_message_length': PART + AROUND,
    'grpc.max_receive_message_length': PART + AROUND,
    'grpc.enable_channelz': 0,
    'grpc.keepalive_time_ms': keepalive,
    'grpc.keepalive_timeout_ms': keepalive,
    'grpc-node.flow_control_window': FLOW,
  }
}

export function channelOptions(settings: Settings, process: string): ChannelOptions {
  const name = certifiedName(settings.cluster, process)
  return {
    ...commonOptions(settings),
    ...(settings.tls && { 'grpc.ssl_target_name_override': name, 'grpc.default_authority': name }),
    // A channel that hangs is thrown away: another must not find its connection.
    'grpc.use_local_subchannel_pool': 1,
    // Messages are repeated by those who wait for an answer, if at all.
    'grpc.enable_retries': 0,
    'grpc.enable_http_proxy': 0,
    'grpc.service_config_disable_resolution': 1,
  }
}

export function serverOptions(settings: Settings): ChannelOptions {
  return {
    ...commonOptions(settings),
    // Two streams for each peer, and those that come while old ones end.
    'grpc.max_concurrent_streams': 8,
    'grpc.max_connection_idle_ms': 30_000,
  }
}

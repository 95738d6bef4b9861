// Produces events, and reads facts, with clients that know nothing of Lifesign
// and have no codec but those that they bring along.
//   node check.js produce BROKERS REGISTRY SCHEMA_FOLDER
//   node check.js read    BROKERS REGISTRY TOPIC CUSTOMER COUNT
import fs from 'node:fs'
import path from 'node:path'
import kafkajs from 'kafkajs'
import { SchemaRegistry, SchemaType } from '@kafkajs/confluent-schema-registry'

const { Kafka, Partitioners, logLevel } = kafkajs

const [command, brokers, registryUrl, ...rest] = process.argv.slice(2)
const kafka = new Kafka({ clientId: 'foreign', brokers: brokers.split(','), logLevel: logLevel.ERROR })
const registry = new SchemaRegistry({ host: registryUrl })

async function produce(folder) {
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  const send = async (topic, file, event) => {
    const schema = fs.readFileSync(path.join(folder, file), 'utf8')
    const { id } = await registry.register(
      { type: SchemaType.AVRO, schema }, { subject: `${topic}-value` })
    await producer.send({
      topic,
      messages: [{ key: event.customerId, value: await registry.encode(id, event) }]
    })
  }
  const now = Date.now()
  await send('lifesign.purchases', 'PurchaseEvent.avsc', {
    eventId: 'n1', customerId: 'node-1', occurredAt: now - 3, action: 'PURCHASE',
    orderId: 'o1', amount: 1999, currency: 'USD', items: [], channel: 'web'
  })
  const subscription = (eventId, occurredAt, action) => send(
    'lifesign.subscriptions', 'SubscriptionEvent.avsc', {
      eventId, customerId: 'node-1', occurredAt, action, subscriptionId: 's1', kind: 'SERVICE',
      plan: 'gold', amount: 999, currency: 'USD', paidThrough: now + 86400000
    })
  await subscription('n2', now - 2, 'STARTED')
  await subscription('n3', now - 1, 'PAYMENT_FAILED')
  await producer.disconnect()
}

async function read(topic, customer, count) {
  const consumer = kafka.consumer({ groupId: `foreign-${topic}-${Date.now()}` })
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  let left = Number(count)
  await new Promise((resolve, reject) => {
    consumer.run({
      eachMessage: async ({ message }) => {
        try {
          const fact = await registry.decode(message.value)
          if (message.key.toString() === customer && left > 0) {
            console.log(JSON.stringify(fact, (_, v) => typeof v === 'bigint' ? Number(v) : v))
            if (--left === 0) resolve()
          }
        } catch (e) {
          reject(e)
        }
      }
    })
  })
  await consumer.disconnect()
}

const commands = { produce, read }
await commands[command](...rest)
process.exit(0)

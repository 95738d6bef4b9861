package dev.lifesign.app.campaign;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The committed offsets of an application. */
final class CommittedOffsets {

  private final Admin admin;
  private final String group;

  CommittedOffsets(Admin admin, String group) {
    this.admin = admin;
    this.group = group;
  }

  /** The offsets committed now. */
  Map<TopicPartition, OffsetAndMetadata> now() {
    try {
      Map<TopicPartition, OffsetAndMetadata> all =
          new HashMap<>(
              admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get());
      all.values().removeIf(offset -> offset == null);
      return all;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Whether all these partitions are committed up to their end. */
  boolean reach(Map<TopicPartition, Long> ends) {
    Map<TopicPartition, OffsetAndMetadata> now = now();
    return ends.entrySet().stream()
        .allMatch(
            end ->
                now.containsKey(end.getKey()) && now.get(end.getKey()).offset() >= end.getValue());
  }

  /** The share of the records before these ends that is committed, 0 to 1. */
  double share(Map<TopicPartition, Long> ends) {
    Map<TopicPartition, OffsetAndMetadata> now = now();
    long all = 0;
    long committed = 0;
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      OffsetAndMetadata offset = now.get(end.getKey());
      all += end.getValue();
      committed += offset == null ? 0 : Math.min(offset.offset(), end.getValue());
    }
    return (double) committed / all;
  }

  /**
   * Deletes the offsets of a topic; no instance may be running or still count as a group member.
   */
  void delete(String topic) {
    try {
      if (!admin
          .describeConsumerGroups(List.of(group))
          .describedGroups()
          .get(group)
          .get()
          .members()
          .isEmpty()) {
        admin
            .removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
            .all()
            .get();
      }
      Set<TopicPartition> places = new HashSet<>(now().keySet());
      places.removeIf(place -> !place.topic().equals(topic));
      admin.deleteConsumerGroupOffsets(group, places).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Restores deleted offsets. */
  void restore(Map<TopicPartition, OffsetAndMetadata> offsets) {
    try {
      admin.alterConsumerGroupOffsets(group, offsets).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException(e);
  }
}
